package dev.cortado.boot.stubs;

import dev.cortado.boot.layout.XenSymbols;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.SectionBuilder;

/**
 * The notes that make an image one that Xen's domain builder starts as a 64-bit PV domain (Xen's
 * public/elfnote.h). The builder maps the image, and what it adds, at virtual addresses that are
 * the pseudo-physical ones.
 */
final class PvNotes {

    private static final String OWNER = "Xen";

    private static final int ENTRY = 1;
    private static final int HYPERCALL_PAGE = 2;
    private static final int VIRT_BASE = 3;
    private static final int PADDR_OFFSET = 4;
    private static final int XEN_VERSION = 5;
    private static final int GUEST_OS = 6;
    private static final int LOADER = 8;
    private static final int FEATURES = 10;

    private static final int ALIGNMENT = 4;

    private PvNotes() {}

    static void append(SectionBuilder notes) {
        text(notes, GUEST_OS, "cortado");
        text(notes, XEN_VERSION, "xen-3.0");
        text(notes, LOADER, "generic");
        text(notes, FEATURES, "!writable_page_tables|pae_pgdir_above_4gb");
        number(notes, VIRT_BASE, 0);
        number(notes, PADDR_OFFSET, 0);
        address(notes, ENTRY, PvEntry.ENTRY);
        address(notes, HYPERCALL_PAGE, XenSymbols.HYPERCALL_ENTRIES);
    }

    private static void text(SectionBuilder notes, int type, String description) {
        head(notes, type, description.length() + 1);
        notes.emitText(description);
        notes.align(ALIGNMENT, 0);
    }

    private static void number(SectionBuilder notes, int type, long description) {
        head(notes, type, Long.BYTES);
        notes.emit64(description);
    }

    private static void address(SectionBuilder notes, int type, String symbol) {
        head(notes, type, Long.BYTES);
        notes.emitRelocated(RelocationType.ABSOLUTE_64, symbol, 0);
    }

    private static void head(SectionBuilder notes, int type, int bytes) {
        notes.emit32(OWNER.length() + 1);
        notes.emit32(bytes);
        notes.emit32(type);
        notes.emitText(OWNER);
    }
}
