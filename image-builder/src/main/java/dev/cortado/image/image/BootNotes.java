package dev.cortado.image.image;

import dev.cortado.boot.layout.Target;
import dev.cortado.image.elf.ElfNote;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What an image's notes say to loaders: most of them Xen's (its public header {@code elfnote.h}).
 */
public final class BootNotes {
    public static final String XEN = "Xen";

    /** Owner of the note with the header that GRUB looks for. */
    private static final String MULTIBOOT = "Multiboot2";

    /** Virtual address at which Xen starts a PV guest. */
    public static final int XEN_ELFNOTE_ENTRY = 1;

    /** Address at which a PVH loader starts the guest in 32-bit protected mode. */
    public static final int XEN_ELFNOTE_PHYS32_ENTRY = 18;

    /** Names of the types, by their numbers; those with text are in {@link #TEXTS}. */
    private static final List<String> NAMES =
            List.of(
                    "INFO",
                    "ENTRY",
                    "HYPERCALL_PAGE",
                    "VIRT_BASE",
                    "PADDR_OFFSET",
                    "XEN_VERSION",
                    "GUEST_OS",
                    "GUEST_VERSION",
                    "LOADER",
                    "PAE_MODE",
                    "FEATURES",
                    "BSD_SYMTAB",
                    "HV_START_LOW",
                    "L1_MFN_VALID",
                    "SUSPEND_CANCEL",
                    "INIT_P2M",
                    "MOD_START_PFN",
                    "SUPPORTED_FEATURES",
                    "PHYS32_ENTRY",
                    "PHYS32_RELOC");

    private static final List<String> TEXTS =
            List.of(
                    "XEN_VERSION",
                    "GUEST_OS",
                    "GUEST_VERSION",
                    "LOADER",
                    "PAE_MODE",
                    "FEATURES",
                    "BSD_SYMTAB");

    private static final int SHOWN_BYTES = 32;

    private BootNotes() {}

    /** A note as people read it: its name in the header, without XEN_ELFNOTE_, and its value. */
    public record Line(String name, String value) {}

    /** Names of the boot protocols that the notes offer. */
    public static List<String> protocols(List<ElfNote> notes) {
        List<String> protocols = new ArrayList<>();
        if (notes.stream().anyMatch(note -> is(note, XEN_ELFNOTE_PHYS32_ENTRY))) {
            protocols.addAll(Target.XEN_PVH.bootProtocols());
        }
        if (notes.stream().anyMatch(note -> note.owner().equals(MULTIBOOT))) {
            protocols.add(MULTIBOOT.toLowerCase(Locale.ROOT));
        }
        if (notes.stream().anyMatch(note -> is(note, XEN_ELFNOTE_ENTRY))) {
            protocols.addAll(Target.XEN_PV.bootProtocols());
        }
        return protocols;
    }

    /** The physical address of the PVH entry, or the virtual one of the PV entry; 0 if neither. */
    public static long entryPoint(List<ElfNote> notes) {
        return address(notes, XEN_ELFNOTE_PHYS32_ENTRY, address(notes, XEN_ELFNOTE_ENTRY, 0));
    }

    /** Xen's notes, in their order. */
    public static List<Line> lines(List<ElfNote> notes) {
        return notes.stream()
                .filter(note -> note.owner().equals(XEN))
                .map(note -> new Line(name(note.type()), value(note)))
                .toList();
    }

    private static boolean is(ElfNote note, int type) {
        return note.owner().equals(XEN)
                && note.type() == type
                && note.description().length >= Integer.BYTES;
    }

    private static long address(List<ElfNote> notes, int type, long otherwise) {
        return notes.stream()
                .filter(note -> is(note, type))
                .findFirst()
                .map(note -> number(note.description()))
                .orElse(otherwise);
    }

    private static long number(byte[] description) {
        ByteBuffer value = ByteBuffer.wrap(description).order(ByteOrder.LITTLE_ENDIAN);
        return value.remaining() >= Long.BYTES
                ? value.getLong()
                : Integer.toUnsignedLong(value.getInt());
    }

    private static String name(int type) {
        return type >= 0 && type < NAMES.size() ? NAMES.get(type) : "note " + type;
    }

    private static String value(ElfNote note) {
        byte[] description = note.description();
        if (TEXTS.contains(name(note.type()))) {
            return new String(description, StandardCharsets.US_ASCII)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
        }
        if (description.length == Integer.BYTES || description.length == Long.BYTES) {
            return "0x" + Long.toHexString(number(description));
        }
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN_BYTES, description.length); i++) {
            bytes.append("%02x ".formatted(description[i]));
        }
        return bytes.toString().strip() + (description.length > SHOWN_BYTES ? " ..." : "");
    }
}
