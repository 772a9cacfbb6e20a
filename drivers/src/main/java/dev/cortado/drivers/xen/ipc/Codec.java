package dev.cortado.drivers.xen.ipc;

import java.io.IOException;

/**
 * Turns requests and replies into bytes and back. For any number of threads. What comes in may be
 * anything that another domain has sent.
 */
public interface Codec<Q, R> {
    byte[] encodeRequest(Q request);

    /**
     * @throws IOException if these bytes are no request
     */
    Q decodeRequest(byte[] bytes) throws IOException;

    byte[] encodeReply(R reply);

    /**
     * @throws IOException if these bytes are no reply
     */
    R decodeReply(byte[] bytes) throws IOException;

    /** For bytes as they are. */
    Codec<byte[], byte[]> BYTES = new BytesCodec();
}
