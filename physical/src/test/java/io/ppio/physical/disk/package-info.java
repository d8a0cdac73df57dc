/// Tests of files of tiles, allocation and quota.
@NullMarked
package io.ppio.physical.disk;

import org.jspecify.annotations.NullMarked;
