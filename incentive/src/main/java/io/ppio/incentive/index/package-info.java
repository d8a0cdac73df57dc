/// What is said to an indexer and what it answers: the bodies of INDEX.
///
/// Open [io.ppio.incentive.index.IndexRequest] and [io.ppio.incentive.index.IndexAnswer]. Network
/// specification, 1.10. Immutable values.
@NullMarked
package io.ppio.incentive.index;

import org.jspecify.annotations.NullMarked;
