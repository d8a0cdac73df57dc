/// Local networks of real processes: made, watched, broken and taken down by one program.
///
/// Open [io.ppio.api.devnet.Devnet]. A network is a folder: a genesis, a folder for each node, and
/// `devnet.json`, which says what runs. Any later call finds everything there, so no process has to
/// stay to hold the others.
@NullMarked
package io.ppio.api.devnet;

import org.jspecify.annotations.NullMarked;
