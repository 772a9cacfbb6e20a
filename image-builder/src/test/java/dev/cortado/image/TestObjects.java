package dev.cortado.image;

import dev.cortado.boot.layout.KernelSymbols;
import dev.cortado.boot.layout.Target;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Section.Kind;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.stubs.BootObject;
import dev.cortado.image.image.GuestImage;
import dev.cortado.image.image.Manifest;
import dev.cortado.image.link.Linker;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;

/** Objects and images that tests share. */
public final class TestObjects {
    public static final Manifest MANIFEST =
            new Manifest(
                    "0.1.0",
                    "25.0.3",
                    "25.0.2",
                    "example.Hello",
                    List.of("qemu"),
                    Target.QEMU.bootProtocols(),
                    List.of(
                            new Manifest.Driver("serial", "System.out is reachable", List.of()),
                            new Manifest.Driver(
                                    "virtio.entropy",
                                    "the program uses random numbers",
                                    List.of(
                                            "example.Hello.main",
                                            "java.net.Socket.<init>",
                                            "...",
                                            "example.Card.open"))),
                    List.of(
                            new Manifest.Native(
                                    "example.Lib.open", List.of("example.Hello", "example.Util")),
                            new Manifest.Native("example.Lib.close", List.of())),
                    List.of(new Manifest.Directory("/srv/site", 1234, 56, 7890)),
                    List.of("--optimize=size"),
                    List.of(new Manifest.Jar("hello.jar", "0".repeat(64))),
                    List.of(new Manifest.Licence("Cortado", "Apache-2.0")));

    /** Offset in {@code .text} of the kernel entry's call of a boot stub. */
    public static final int CALL = 16;

    /** Offset in {@code .svm_heap} of a pointer to the kernel entry. */
    public static final int HEAP_POINTER = 0x2008;

    /** Offset in {@code .debug_aranges} of a pointer to the kernel entry. */
    public static final int RANGE_BEGIN = 16;

    /** How many bytes from there {@code .debug_aranges} says are code. */
    public static final int RANGE_BYTES = 32;

    private TestObjects() {}

    /** As small as an object can be that has everything that native-image's objects have. */
    public static RelocatableObject program() {
        return program(0x3000);
    }

    /** The same with so many bytes of objects, and a page of zeros behind them. */
    private static RelocatableObject program(int objects) {
        byte[] text = new byte[64];
        text[CALL] = (byte) 0xe8;
        byte[] heap = new byte[objects + 0x1000];
        new Random(1).nextBytes(heap);
        java.util.Arrays.fill(heap, objects, heap.length, (byte) 0);
        return new RelocatableObject(
                "program.o",
                List.of(
                        Section.of(".text", Kind.TEXT, 0x1_0000, text),
                        Section.of(".rodata", Kind.RODATA, 16, new byte[] {1, 2, 3}),
                        Section.of(".data", Kind.DATA, 16, new byte[24]),
                        Section.of(".svm_heap", Kind.HEAP, 0x1_0000, heap),
                        Section.of(".debug_aranges", Kind.DEBUG, 1, addressRanges())),
                List.of(
                        new Symbol(".data", ".data", 0, 0, false, false),
                        new Symbol("Hello_main_abc", ".text", 0, 16, false, true),
                        new Symbol(KernelSymbols.KERNEL_ENTRY, ".text", 16, 32, true, true),
                        new Symbol(KernelSymbols.INTERRUPT_ENTRY, ".text", 48, 16, true, true),
                        Symbol.undefined("cortado_out8")),
                List.of(
                        new Relocation(
                                ".text", CALL + 1, RelocationType.RELATIVE_32, "cortado_out8", -4),
                        new Relocation(".text", 8, RelocationType.RELATIVE_32, ".data", 4),
                        new Relocation(".data", 8, RelocationType.ABSOLUTE_64, "cortado_out8", 0),
                        new Relocation(
                                ".svm_heap",
                                HEAP_POINTER,
                                RelocationType.ABSOLUTE_64,
                                KernelSymbols.KERNEL_ENTRY,
                                0),
                        new Relocation(
                                ".debug_aranges",
                                RANGE_BEGIN,
                                RelocationType.ABSOLUTE_64,
                                KernelSymbols.KERNEL_ENTRY,
                                0)));
    }

    /** One range of {@link #RANGE_BYTES} bytes, whose begin is to be relocated (DWARF 5, 6.1.2). */
    private static byte[] addressRanges() {
        ByteBuffer table = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(table.capacity() - 4).putShort((short) 2).putInt(0);
        table.put((byte) 8).put((byte) 0);
        table.putLong(RANGE_BEGIN + 8, RANGE_BYTES);
        return table.array();
    }

    /** The program and the real boot code, linked. */
    public static GuestImage image() {
        return image(Target.QEMU);
    }

    /** The same for another target, as far as its manifest goes. */
    public static GuestImage image(Target target) {
        return image(target, program(), MANIFEST.drivers());
    }

    /** Of QEMU's, with another driver. */
    public static GuestImage imageWithDriver(String name) {
        return image(
                Target.QEMU, program(), List.of(new Manifest.Driver(name, "a test's", List.of())));
    }

    /** The same with so many bytes of objects that cannot be compressed. */
    public static GuestImage largeImage(Target target, int objects) {
        return image(target, program(objects), MANIFEST.drivers());
    }

    private static GuestImage image(
            Target target, RelocatableObject program, List<Manifest.Driver> drivers) {
        Manifest manifest =
                new Manifest(
                        MANIFEST.cortado(),
                        MANIFEST.jdk(),
                        MANIFEST.graalvm(),
                        MANIFEST.mainClass(),
                        List.of(target.word()),
                        target.bootProtocols(),
                        drivers,
                        MANIFEST.natives(),
                        MANIFEST.files(),
                        MANIFEST.options(),
                        MANIFEST.jars(),
                        MANIFEST.licences());
        return new Linker()
                .link(program, BootObject.create(Target.QEMU), Target.QEMU.imageBase(), manifest);
    }
}
