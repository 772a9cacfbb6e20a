package dev.cortado.drivers.xen.ipc;

/** Bytes as they are. */
final class BytesCodec implements Codec<byte[], byte[]> {
    @Override
    public byte[] encodeRequest(byte[] request) {
        return request;
    }

    @Override
    public byte[] decodeRequest(byte[] bytes) {
        return bytes;
    }

    @Override
    public byte[] encodeReply(byte[] reply) {
        return reply;
    }

    @Override
    public byte[] decodeReply(byte[] bytes) {
        return bytes;
    }
}
