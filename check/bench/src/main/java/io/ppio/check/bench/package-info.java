/// Benchmarks of whole paths. Open [io.ppio.check.bench.BenchMain].
@NullMarked
package io.ppio.check.bench;

import org.jspecify.annotations.NullMarked;
