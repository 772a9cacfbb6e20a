package dev.cortado.image.image;

import dev.cortado.image.elf.ElfNote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** What an image's notes say to loaders (Xen's public header {@code elfnote.h}). */
public final class BootNotes {
    public static final String XEN = "Xen";

    /** Address at which a PVH loader starts the guest in 32-bit protected mode. */
    public static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

    private BootNotes() {}

    /** Names of the boot protocols that the notes offer. */
    public static List<String> protocols(List<ElfNote> notes) {
        return notes.stream().anyMatch(BootNotes::isPvhEntry) ? List.of("pvh") : List.of();
    }

    /** The physical address of the PVH entry; 0 if there is none. */
    public static long entryPoint(List<ElfNote> notes) {
        return notes.stream()
                .filter(BootNotes::isPvhEntry)
                .findFirst()
                .map(BootNotes::address)
                .orElse(0L);
    }

    private static boolean isPvhEntry(ElfNote note) {
        return note.owner().equals(XEN)
                && note.type() == XEN_ELFNOTE_PHYS32_ENTRY
                && note.description().length >= Integer.BYTES;
    }

    private static long address(ElfNote note) {
        ByteBuffer value = ByteBuffer.wrap(note.description()).order(ByteOrder.LITTLE_ENDIAN);
        return value.remaining() >= Long.BYTES
                ? value.getLong()
                : Integer.toUnsignedLong(value.getInt());
    }
}
