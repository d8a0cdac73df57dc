/// Talking to a user daemon over JSON-RPC. Open [io.ppio.api.client.DaemonClient].
@NullMarked
package io.ppio.api.client;

import org.jspecify.annotations.NullMarked;
