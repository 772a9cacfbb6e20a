package dev.cortado.system.peers;

import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A third party on the wire between a guest and its tap: frames made here reach both. QEMU joins
 * the three by a hub, which has no offloads.
 */
final class FrameSource implements AutoCloseable {
    private static final int FRAME_BYTES = 1 << 16;

    private final ServerSocketChannel server;
    private final Path socket;
    private SocketChannel wire;

    /**
     * @param socket path of a Unix socket that is not there yet
     */
    FrameSource(Path socket) throws IOException {
        this.socket = socket;
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
    }

    /** QEMU's options for a netdev called {@code net}. */
    List<String> wires() {
        List<String> words = new ArrayList<>();
        for (String option : TapNetwork.netdev()) {
            words.add(option.replace("id=net,", "id=tap,"));
        }
        String stream = "stream,id=source,server=off,addr.type=unix,addr.path=" + socket;
        words.addAll(List.of("-netdev", stream));
        words.addAll(List.of("-netdev", "hubport,id=tap-port,hubid=1,netdev=tap"));
        words.addAll(List.of("-netdev", "hubport,id=source-port,hubid=1,netdev=source"));
        words.addAll(List.of("-netdev", "hubport,id=net,hubid=1"));
        return words;
    }

    /** Waits for QEMU, and passes over what it sends. */
    void accept() throws IOException {
        wire = server.accept();
        Thread.ofPlatform().daemon().name("frames").start(this::drain);
    }

    private void drain() {
        ByteBuffer bytes = ByteBuffer.allocateDirect(FRAME_BYTES);
        try {
            while (wire.read(bytes) >= 0) {
                bytes.clear();
            }
        } catch (IOException e) {
            // QEMU has ended, or the test has.
        }
    }

    /** Sends a frame. A stream of QEMU's has each frame's length before it, in network order. */
    void send(byte[] frame) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + frame.length);
        bytes.putInt(frame.length).put(frame).flip();
        try {
            while (bytes.hasRemaining()) {
                wire.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (wire != null) {
            wire.close();
        }
        server.close();
    }
}
