/// The user role: buckets, objects and transfers of one account.
///
/// Open [io.ppio.node.user.UserNode]: it wires the rooms beside it. What can be asked of a user
/// node is in [io.ppio.node.user.api.UserApi]. Interface specification, sections 1 to 3.
@NullMarked
package io.ppio.node.user;

import org.jspecify.annotations.NullMarked;
