package dev.cortado.drivers.xen.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists of nodes, which DIRECTORY_PART tells in pieces when they are long. */
final class DirectoryList {
    private static final int LONGEST = 1 << 20;
    private static final int MOST_ATTEMPTS = 100;

    private DirectoryList() {}

    /** The names in the reply to DIRECTORY, each with a NUL behind it. */
    static List<String> names(String path, byte[] list) throws StoreException {
        List<byte[]> texts = new WireMessage(MessageType.DIRECTORY, 0, 0, list).texts();
        if (texts == null) {
            throw malformed(MessageType.DIRECTORY, path);
        }
        List<String> names = new ArrayList<>(texts.size());
        for (byte[] text : texts) {
            String name = new String(text, StandardCharsets.US_ASCII);
            if (name.isEmpty() || name.indexOf('/') >= 0) {
                throw malformed(MessageType.DIRECTORY, path);
            }
            names.add(name);
        }
        return names;
    }

    /**
     * Each piece begins with the generation of the node, which is another one when its list has
     * changed meanwhile; then we begin again. The last piece ends with an empty name.
     */
    static List<String> readParts(StoreAccess store, String path) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            byte[] list = readOneGeneration(store, path);
            if (list != null) {
                return names(path, list);
            }
        }
        throw new StoreException(
                MessageType.DIRECTORY_PART.name(),
                path,
                StoreException.EAGAIN,
                "the list changes all the time");
    }

    private static byte[] readOneGeneration(StoreAccess store, String path) throws IOException {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        byte[] generation = null;
        while (list.size() < LONGEST) {
            byte[] payload = StorePath.payload(path, Integer.toString(list.size()));
            byte[] reply = store.exchange(MessageType.DIRECTORY_PART, path, payload);
            int start = indexOfNul(reply) + 1;
            int end = reply.length;
            if (start == 0 || start == end || reply[end - 1] != 0) {
                throw malformed(MessageType.DIRECTORY_PART, path);
            }
            byte[] now = Arrays.copyOf(reply, start);
            if (generation != null && !Arrays.equals(generation, now)) {
                return null;
            }
            generation = now;
            boolean last = end - start == 1 || reply[end - 2] == 0;
            list.write(reply, start, end - start - (last ? 1 : 0));
            if (last) {
                return list.toByteArray();
            }
        }
        throw malformed(MessageType.DIRECTORY_PART, path);
    }

    private static int indexOfNul(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static StoreException malformed(MessageType type, String path) {
        return new StoreException(type.name(), path, StoreException.EIO, "the list makes no sense");
    }
}
