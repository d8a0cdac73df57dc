/// The one form in which simulations and benchmarks report. Open [io.ppio.check.sim.report.Report].
@NullMarked
package io.ppio.check.sim.report;

import org.jspecify.annotations.NullMarked;
