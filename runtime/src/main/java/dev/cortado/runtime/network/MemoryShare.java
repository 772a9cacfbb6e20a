package dev.cortado.runtime.network;

import dev.cortado.runtime.net.tcp.TcpSettings;

/** How much of a machine's memory the network takes. */
final class MemoryShare {
    private static final int LEAST_BUFFERS = 128;

    /** A thirty-second part is for packets, and a quarter at most for what connections hold. */
    private static final int PACKETS_PART = 32;

    private static final int CONNECTIONS_PART = 4;

    private static final int CHUNK_BYTES = 4096;
    private static final long CONNECTION_BYTES = 4096;
    private static final long TIME_WAIT_BYTES = 512;

    private final long bytes;
    private final int bufferBytes;
    private final int mostBuffers;

    /**
     * @param bytes of the machine's memory, what the image takes not counted
     * @param bufferBytes of each buffer for packets
     * @param mostBuffers however much memory there is
     */
    MemoryShare(long bytes, int bufferBytes, int mostBuffers) {
        this.bytes = bytes;
        this.bufferBytes = bufferBytes;
        this.mostBuffers = mostBuffers;
    }

    int bufferBytes() {
        return bufferBytes;
    }

    int buffers() {
        return clamp(bytes / PACKETS_PART / bufferBytes, LEAST_BUFFERS, mostBuffers);
    }

    /**
     * Buffers that each queue has for what comes: with all queues, a half of them at most.
     *
     * @param queues of all devices
     */
    int posted(int queues) {
        return clamp(buffers() / 2 / queues, 1, 256);
    }

    /** Packets that wait for room in each queue. */
    int waiting() {
        return clamp(buffers() / 16, 8, 256);
    }

    TcpSettings tcp() {
        TcpSettings settings = new TcpSettings();
        long held = bytes / CONNECTIONS_PART;
        settings.chunks = clamp(held / CHUNK_BYTES, 256, 64 << 10);
        settings.keptChunks = Math.min(settings.keptChunks, settings.chunks / 8);
        settings.maximumSendBuffer =
                clamp(held / 4, settings.sendBuffer, settings.maximumSendBuffer);
        settings.maximumReceiveBuffer =
                clamp(held / 4, settings.receiveBuffer, settings.maximumReceiveBuffer);
        settings.maximumConnections =
                clamp(held / CONNECTION_BYTES, 256, settings.maximumConnections);
        settings.maximumTimeWaits =
                clamp(held / 8 / TIME_WAIT_BYTES, 256, settings.maximumTimeWaits);
        return settings;
    }

    private static int clamp(long value, int least, int most) {
        return (int) Math.max(least, Math.min(most, value));
    }
}
