package dev.cortado.image.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.elf.ElfNote;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootNotesTest {

    @Test
    void tellsTheProtocolsApart() {
        ElfNote pvh = note(18, "0000200000000000");
        ElfNote pv = note(1, "00002000");
        assertEquals(List.of("pvh"), BootNotes.protocols(List.of(pvh)));
        assertEquals(List.of("xen-pv"), BootNotes.protocols(List.of(pv)));
        assertEquals(List.of("pvh", "xen-pv"), BootNotes.protocols(List.of(pv, pvh)));
        assertEquals(List.of(), BootNotes.protocols(List.of(note(18, "0000"))), "too short");
        assertEquals(
                List.of(),
                BootNotes.protocols(List.of(new ElfNote("GNU", 1, pv.description()))),
                "another owner's");
    }

    @Test
    void prefersThePvhEntry() {
        ElfNote pvh = note(18, "7856341200000000");
        ElfNote pv = note(1, "00002000");
        assertEquals(0x1234_5678, BootNotes.entryPoint(List.of(pv, pvh)));
        assertEquals(0x20_0000, BootNotes.entryPoint(List.of(pv)));
        assertEquals(0, BootNotes.entryPoint(List.of()));
    }

    @Test
    void readsNotesAsPeopleDo() {
        List<ElfNote> notes =
                List.of(
                        note(5, "78656e2d332e3000"),
                        note(6, "436f1b7461646f00"),
                        note(2, "0010200000000000"),
                        note(13, "01000000000000000100000000000000"),
                        note(99, ""),
                        note(-1, "00".repeat(40)));
        assertEquals(
                List.of(
                        "XEN_VERSION = xen-3.0",
                        "GUEST_OS = Co tado",
                        "HYPERCALL_PAGE = 0x201000",
                        "L1_MFN_VALID = 01 00 00 00 00 00 00 00 01 00 00 00 00 00 00 00",
                        "note 99 = ",
                        "note -1 = " + "00 ".repeat(32) + "..."),
                BootNotes.lines(notes).stream()
                        .map(line -> line.name() + " = " + line.value())
                        .toList());
    }

    private static ElfNote note(int type, String description) {
        return new ElfNote("Xen", type, HexFormat.of().parseHex(description));
    }
}
