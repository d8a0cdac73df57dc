/// The world as it is: JDK clocks, virtual threads, Netty links with TLS 1.3, files, RocksDB.
@NullMarked
package io.ppio.env.real;

import org.jspecify.annotations.NullMarked;
