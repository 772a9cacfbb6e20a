package dev.cortado.runtime.net.icmp;

import dev.cortado.runtime.net.buffer.PacketBuffer;

/** Who sent echo requests. */
public interface EchoListener {
    /**
     * Somebody answered an echo request, or says that he does.
     *
     * @param reply starts at the ICMP header; the caller's
     */
    void reply(PacketBuffer reply, int identifier, int sequence, long now);
}
