/// Tests of plots. Open `PlotSimTest` for what must survive a kill at any point.
@NullMarked
package io.ppio.data.plot;

import org.jspecify.annotations.NullMarked;
