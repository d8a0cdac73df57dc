/// Tests of plots and staging. Open `PlotSimTest` and `StagingSimTest` for what must survive a kill
/// at any point.
@NullMarked
package io.ppio.data.plot;

import org.jspecify.annotations.NullMarked;
