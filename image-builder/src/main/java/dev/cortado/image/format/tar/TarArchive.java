package dev.cortado.image.format.tar;

import dev.cortado.image.format.bytes.Blocks;
import dev.cortado.image.format.bytes.ByteSource;
import dev.cortado.image.format.bytes.SourceWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files in an archive; links, directories and what else there may be are passed over. */
public final class TarArchive {
    private static final int MOST_FILES = 1 << 20;

    private final ByteSource archive;
    private final Map<String, ByteSource> files;

    private TarArchive(ByteSource archive, Map<String, ByteSource> files) {
        this.archive = archive;
        this.files = files;
    }

    /** Whether a file begins as an archive does. */
    public static boolean is(ByteSource file) {
        return TarHeader.isFirst(file);
    }

    /** The name of the first file; empty if there is none, or that cannot be read. */
    public static String firstName(ByteSource archive) {
        byte[] block = archive.bytes(0, TarHeader.BLOCK_BYTES, "the first header").array();
        return TarHeader.name(block);
    }

    /**
     * @throws dev.cortado.image.UserError if it is damaged
     */
    public static TarArchive open(ByteSource archive) {
        Map<String, ByteSource> files = new LinkedHashMap<>();
        long position = 0;
        while (position < archive.size()) {
            byte[] block = archive.bytes(position, TarHeader.BLOCK_BYTES, "a header").array();
            if (block[0] == 0) {
                break;
            }
            TarHeader.requireChecksum(archive, position, block);
            long size = TarHeader.size(archive, block);
            long start = position + TarHeader.BLOCK_BYTES;
            String name = TarHeader.name(block);
            char kind = TarHeader.kind(block);
            if (kind == TarHeader.FILE || kind == TarHeader.OLD_FILE) {
                files.put(name, new SourceWindow(archive, start, size, printable(name)));
            }
            if (files.size() > MOST_FILES) {
                throw archive.unsupported("it has more than %d files", MOST_FILES);
            }
            position = start + Blocks.roundUp(size, TarHeader.BLOCK_BYTES);
        }
        return new TarArchive(archive, Collections.unmodifiableMap(files));
    }

    /** Names of all files, in the archive's order. */
    public List<String> names() {
        return new ArrayList<>(files.keySet());
    }

    public Optional<ByteSource> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /**
     * @throws dev.cortado.image.UserError if there is no such file
     */
    public ByteSource file(String name) {
        return find(name)
                .orElseThrow(() -> archive.damaged("there is no %s in it", printable(name)));
    }

    /** Names are words of the file. */
    private static String printable(String name) {
        return '"' + name.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
