/// Tests against real sockets, disks and processes.
@NullMarked
package io.ppio.env.real;

import org.jspecify.annotations.NullMarked;
