/// Links to other nodes and what runs over them: the mux (frames of many streams on one link), the
/// greeting, tunnels, calls and services.
///
/// Open [io.ppio.network.transport.Peers] (calling) and [io.ppio.network.transport.Services]
/// (serving) first. Every link has one reading and one writing task; calls block the caller's task,
/// each request served has a task of its own. Network specification, sections 1.6 to 1.9, 2.3 and
/// 2.5.
@NullMarked
package io.ppio.network.transport;

import org.jspecify.annotations.NullMarked;
