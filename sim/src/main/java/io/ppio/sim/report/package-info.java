/// The one form in which simulations and benchmarks report. Open [io.ppio.sim.report.Report].
@NullMarked
package io.ppio.sim.report;

import org.jspecify.annotations.NullMarked;
