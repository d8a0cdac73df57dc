/// Tasks: what the user asked for and how far it is.
///
/// Open [io.ppio.node.user.task.TaskRunner]. Permanent tasks live in the user's store and survive
/// restarts; temporary ones live in memory. Interface specification, section 2.
@NullMarked
package io.ppio.node.user.task;

import org.jspecify.annotations.NullMarked;
