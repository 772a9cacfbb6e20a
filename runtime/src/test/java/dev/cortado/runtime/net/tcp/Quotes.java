package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.ip.PacketError;

/** ICMP errors about a script's connection. */
final class Quotes {
    private Quotes() {}

    static void error(SegmentScript script, PacketError error, int relativeSequence) {
        PacketBuffer quoted = script.host.pool.take();
        int at = quoted.append(8);
        quoted.bytes().putShort(at, (short) script.ownPort);
        quoted.bytes().putShort(at + 2, (short) script.peerPort);
        quoted.bytes().putInt(at + 4, script.ownFirst + relativeSequence);
        quoted.info().sourceLow = script.host.address.low();
        quoted.info().destinationLow = SegmentScript.PEER.low();
        script.host.tcp.error(error, quoted, 0, script.time.now());
        quoted.release();
    }
}
