/// What is said to an indexer and what it answers: the bodies of INDEX.
///
/// Open [io.ppio.incentive.indexing.IndexRequest] and [io.ppio.incentive.indexing.IndexAnswer].
/// Network specification, 1.10. Immutable values.
@NullMarked
package io.ppio.incentive.indexing;

import org.jspecify.annotations.NullMarked;
