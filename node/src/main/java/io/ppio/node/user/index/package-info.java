/// The account's own index: buckets, objects, and where the copies of each segment are.
///
/// Open [io.ppio.node.user.index.ObjectIndex]. Every change is one synced batch of the user's
/// store. Interface specification, sections 1.5 and 3.
@NullMarked
package io.ppio.node.user.index;

import org.jspecify.annotations.NullMarked;
