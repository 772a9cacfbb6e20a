package dev.cortado.benchmarks;

import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Mode;
import dev.cortado.boot.x86.Register;
import dev.cortado.image.elf.Elf;
import dev.cortado.image.elf.ElfBytes;
import dev.cortado.image.elf.ElfHeader;
import dev.cortado.image.elf.ElfProgramHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The least that a guest of an image's size can do: the same file, with the same segments for the
 * loader to put into memory, but the first instructions write a line to the serial port and end the
 * machine. What a boot takes beyond that is ours; the rest is the hypervisor's.
 */
final class HelloFloor {
    private static final int COM1 = 0x3f8;

    /** QEMU's isa-debug-exit, see {@link Guest}. */
    private static final int EXIT_PORT = 0xf4;

    private HelloFloor() {}

    /** Writes the floor of {@code image}, an image for QEMU, to {@code floor}. */
    static Path create(Path image, String line, Path floor) throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        ElfBytes elf = new ElfBytes(image.toString(), ByteBuffer.wrap(bytes));
        ElfHeader header = ElfHeader.read(elf);
        byte[] code = code(line);
        ByteBuffer place = ByteBuffer.wrap(bytes);
        long entry = header.entry();
        place.position(Math.toIntExact(offset(entry, header.programHeaders(elf), code.length)));
        place.put(code);
        Files.createDirectories(floor.getParent());
        return Files.write(floor, bytes);
    }

    /** Where in the file the first instruction is. */
    static long offset(long entry, List<ElfProgramHeader> segments, int bytes) {
        for (ElfProgramHeader segment : segments) {
            long into = entry - segment.physicalAddress();
            if (segment.type() == Elf.PT_LOAD && into >= 0 && into + bytes <= segment.fileSize()) {
                return segment.offset() + into;
            }
        }
        throw new IllegalArgumentException("no segment has the entry and " + bytes + " bytes more");
    }

    /** 32-bit code that needs no stack, no data and no place of its own. */
    static byte[] code(String line) {
        return code(line, Mode.BITS_32);
    }

    static byte[] code(String line, Mode mode) {
        ObjectBuilder object = new ObjectBuilder("floor");
        SectionBuilder text = object.section(".text", Section.Kind.TEXT, 1);
        Assembler asm = new Assembler(text, mode);
        asm.mov(Register.EDX, COM1);
        for (byte letter : (line + "\n").getBytes(StandardCharsets.US_ASCII)) {
            asm.mov(Register.EAX, letter);
            asm.out(Register.AL);
        }
        asm.mov(Register.EDX, EXIT_PORT);
        asm.xor(Register.EAX, Register.EAX);
        asm.out(Register.EAX);
        asm.cli();
        asm.hlt();
        return object.build().sections().getFirst().contents();
    }
}
