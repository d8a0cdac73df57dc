/// The account of a user node: its keys, and the indexers it asks.
///
/// Open [io.ppio.node.user.account.IndexerClient].
@NullMarked
package io.ppio.node.user.account;

import org.jspecify.annotations.NullMarked;
