package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads directories (ECMA-119, 6.8). */
final class DirectoryReader {
    /** More than files have that fit on a disk. */
    private static final int MOST_EXTENTS = 4096;

    private static final byte[] FIRST_VERSION = ";1".getBytes(StandardCharsets.US_ASCII);

    private final Volume volume;
    private final int skipped;

    /**
     * @param skipped bytes of system use areas in front of Rock Ridge; -1 if there is none
     */
    DirectoryReader(Volume volume, int skipped) {
        this.volume = volume;
        this.skipped = skipped;
    }

    /**
     * A directory's record of itself, which is its first.
     *
     * @throws FileException EUCLEAN if that is not there
     */
    DirectoryRecord self(long directory) throws FileException {
        DirectoryRecord record = DirectoryRecord.read(volume, directory, Volume.SECTOR_BYTES);
        if (record == null || !record.isSelf() || !record.isDirectory()) {
            throw IsoDamage.at(volume, directory, "there is no directory");
        }
        return record;
    }

    /** What Rock Ridge says of a record; what there is without it, if there is none. */
    RockRidge more(DirectoryRecord record) throws FileException {
        return skipped < 0 ? new RockRidge(record) : RockRidge.of(volume, record, skipped);
    }

    /**
     * The next file of a directory.
     *
     * @param from where to begin, in bytes from the directory's begin on
     * @return null behind the last
     */
    FoundFile next(Extent directory, long from) throws FileException {
        long at = from;
        while (true) {
            DirectoryRecord record = record(directory, at);
            if (record == null) {
                return null;
            }
            at = end(directory, record);
            if (record.isSelf() || record.isParent() || record.isAssociated()) {
                continue;
            }
            FoundFile found = file(directory, record);
            if (!found.more().isRelocated()) {
                return found;
            }
            at = found.next();
        }
    }

    /** The first record at a place or behind it; a zero says that the block has no more. */
    private DirectoryRecord record(Extent directory, long from) throws FileException {
        long at = from;
        while (at < directory.length()) {
            DirectoryRecord record =
                    DirectoryRecord.read(
                            volume, directory.position() + at, directory.length() - at);
            if (record != null) {
                return record;
            }
            at += volume.blockBytes() - at % volume.blockBytes();
        }
        return null;
    }

    private static long end(Extent directory, DirectoryRecord record) {
        return record.position() - directory.position() + record.bytes();
    }

    private FoundFile file(Extent directory, DirectoryRecord first) throws FileException {
        List<Extent> extents = new ArrayList<>(List.of(first.extent()));
        DirectoryRecord last = first;
        while (last.isContinued()) {
            DirectoryRecord next = record(directory, end(directory, last));
            if (next == null || !Arrays.equals(first.name(), next.name())) {
                throw IsoDamage.at(volume, first.position(), "a file without its last part");
            }
            if (extents.size() == MOST_EXTENTS) {
                throw IsoDamage.at(
                        volume, first.position(), "a file of more than " + MOST_EXTENTS + " parts");
            }
            extents.add(next.extent());
            last = next;
        }
        RockRidge more = more(first);
        long number = first.position();
        if (more.hasChild()) {
            number = volume.position(more.child());
        } else if (first.isDirectory()) {
            number = first.extent().position();
        }
        byte[] name = more.name() == null ? name(first) : more.name();
        return new FoundFile(name, end(directory, last), number, first, List.copyOf(extents), more);
    }

    private byte[] name(DirectoryRecord record) throws FileException {
        byte[] name = record.name();
        if (!volume.isJoliet()) {
            return plainName(name);
        }
        if (name.length % 2 != 0) {
            throw IsoDamage.at(
                    volume, record.position(), "a name of UTF-16 of " + name.length + " bytes");
        }
        String text = new String(name, StandardCharsets.UTF_16BE);
        int end = text.endsWith(";1") ? text.length() - FIRST_VERSION.length : text.length();
        while (end > 1 && text.charAt(end - 1) == '.') {
            end--;
        }
        return cut(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
    }

    /** As much as a name may have, without a part of a letter at the end. */
    private static byte[] cut(byte[] name) {
        int end = Math.min(name.length, FileName.MAXIMUM_BYTES);
        while (end < name.length && (name[end] & 0xc0) == 0x80) {
            end--;
        }
        return Arrays.copyOf(name, end);
    }

    /** In small letters, without the first version and the dot of what has no extension. */
    private static byte[] plainName(byte[] name) {
        int end = name.length;
        if (end > FIRST_VERSION.length
                && Arrays.equals(name, end - 2, end, FIRST_VERSION, 0, FIRST_VERSION.length)) {
            end -= FIRST_VERSION.length;
            if (end > 1 && name[end - 1] == '.') {
                end--;
            }
        }
        byte[] plain = Arrays.copyOf(name, end);
        for (int i = 0; i < end; i++) {
            byte letter = plain[i];
            if (letter >= 'A' && letter <= 'Z') {
                plain[i] += 'a' - 'A';
            } else if (letter == ';' || letter == '/') {
                plain[i] = '.';
            }
        }
        return plain;
    }
}
