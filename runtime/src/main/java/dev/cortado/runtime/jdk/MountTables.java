package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.tree.MountEntry;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Tables of mounts that are being read. */
final class MountTables {
    static final HandleTable<Iterator<MountEntry>> OPEN = new HandleTable<>();

    private MountTables() {}

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
