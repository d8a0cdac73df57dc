/// The configuration file of the user node, `poss.conf`. Open [io.ppio.api.config.PossConfig].
///
/// Interface specification, section 5.
@NullMarked
package io.ppio.api.config;

import org.jspecify.annotations.NullMarked;
