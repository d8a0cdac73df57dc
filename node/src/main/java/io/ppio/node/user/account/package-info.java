/// What the jobs of one account share: its keys, the indexers it asks, the memory for segments.
///
/// Open [io.ppio.node.user.account.AccountTools].
@NullMarked
package io.ppio.node.user.account;

import org.jspecify.annotations.NullMarked;
