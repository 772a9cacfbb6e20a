package dev.cortado.image.elf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One ELF note (gABI, "Note Section"): sizes and paddings of 4 bytes, as all x86 loaders expect.
 *
 * @param owner whose types these are, without the terminating NUL
 * @param type what the note means to its owner
 * @param description the note's bytes; shared, never written to
 */
public record ElfNote(String owner, int type, byte[] description) {
    private static final int PADDING = 4;

    /** The notes that fill {@code bytes}; {@code what} names the place in errors. */
    public static List<ElfNote> readAll(ElfBytes bytes, long offset, long size, String what) {
        ByteBuffer all = bytes.slice(offset, size, what);
        List<ElfNote> notes = new ArrayList<>();
        while (all.hasRemaining()) {
            if (all.remaining() < Elf.NOTE_HEADER_SIZE) {
                throw bytes.damaged("in %s a note is cut off", what);
            }
            long ownerSize = Integer.toUnsignedLong(all.getInt());
            long descriptionSize = Integer.toUnsignedLong(all.getInt());
            int type = all.getInt();
            if (padded(ownerSize) + padded(descriptionSize) > all.remaining()) {
                throw bytes.damaged("in %s a note is longer than its place", what);
            }
            if (ownerSize == 0) {
                throw bytes.damaged("in %s a note has no owner", what);
            }
            byte[] owner = take(all, ownerSize);
            byte[] description = take(all, descriptionSize);
            int end =
                    owner.length > 0 && owner[owner.length - 1] == 0
                            ? owner.length - 1
                            : owner.length;
            notes.add(
                    new ElfNote(
                            new String(owner, 0, end, StandardCharsets.UTF_8), type, description));
        }
        return notes;
    }

    private static byte[] take(ByteBuffer from, long size) {
        byte[] taken = new byte[(int) size];
        from.get(taken);
        from.position(from.position() + (int) (padded(size) - size));
        return taken;
    }

    /** The notes one after the other. */
    public static byte[] writeAll(List<ElfNote> notes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ElfNote note : notes) {
            byte[] owner = (note.owner + '\0').getBytes(StandardCharsets.UTF_8);
            ByteBuffer header =
                    ByteBuffer.allocate(Elf.NOTE_HEADER_SIZE).order(ByteOrder.LITTLE_ENDIAN);
            header.putInt(owner.length).putInt(note.description.length).putInt(note.type);
            out.writeBytes(header.array());
            out.writeBytes(Arrays.copyOf(owner, (int) padded(owner.length)));
            out.writeBytes(Arrays.copyOf(note.description, (int) padded(note.description.length)));
        }
        return out.toByteArray();
    }

    private static long padded(long size) {
        return (size + PADDING - 1) & -PADDING;
    }
}
