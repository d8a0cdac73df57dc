/// The two command lines, `poss` and `ppio`. Open [io.ppio.api.cli.PossMain] and
/// [io.ppio.api.cli.PpioMain].
///
/// Commands talk to a daemon over JSON-RPC; stdout carries the documented lines and nothing else.
/// Interface specification, section 4.
@NullMarked
package io.ppio.api.cli;

import org.jspecify.annotations.NullMarked;
