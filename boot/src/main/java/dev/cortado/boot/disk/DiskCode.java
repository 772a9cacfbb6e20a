package dev.cortado.boot.disk;

import dev.cortado.boot.gpt.PartitionTable;
import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Mode;
import dev.cortado.boot.x86.Register;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Boot sector and loader in the making: one section that ends up at {@link LowMemory#BOOT}. */
final class DiskCode {

    private final ObjectBuilder object = new ObjectBuilder("cortado-disk");

    final SectionBuilder text = object.section(".text", Section.Kind.TEXT, 64);
    final Assembler code16 = new Assembler(text, Mode.BITS_16);
    final Assembler code32 = new Assembler(text, Mode.BITS_32);

    /** 16-bit code that ends in a message if a condition holds. */
    void failIf(Condition condition, String message) {
        Label fine = new Label();
        code16.jcc(Condition.values()[condition.ordinal() ^ 1], fine);
        fail(message);
        code16.bind(fine);
    }

    /** 16-bit code that ends in a message. */
    void fail(String message) {
        code16.movAddress(Register.ESI, message, 0);
        code16.jmp(DiskFailure.FAIL);
    }

    /** Writes boot sector and loader to their places on a disk. */
    static void write(ByteBuffer disk) {
        DiskCode code = new DiskCode();
        BootSector.append(code);
        int loader = LowMemory.LOADER - LowMemory.BOOT;
        code.text.skip(loader - code.text.offset());
        Loader.append(code);
        byte[] bytes = code.link();
        int size = bytes.length - loader;
        if (size > (DiskLayout.LOADER_SECTORS - 1) * DiskLayout.SECTOR_SIZE) {
            throw new IllegalStateException("loader of " + size + " bytes");
        }
        disk.put(0, bytes, 0, PartitionTable.BOOT_CODE_SIZE);
        disk.put(DiskLayout.LOADER_SECTOR * DiskLayout.SECTOR_SIZE, bytes, loader, size);
    }

    /** The bytes, with all addresses filled in. */
    private byte[] link() {
        RelocatableObject made = object.build();
        Map<String, Long> addresses = new HashMap<>();
        for (Symbol symbol : made.symbols()) {
            if (!symbol.isDefined()) {
                throw new IllegalStateException(symbol.name() + " is nowhere");
            }
            addresses.put(symbol.name(), LowMemory.BOOT + symbol.offset());
        }
        byte[] bytes = made.sections().getFirst().contents();
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Relocation relocation : made.relocations()) {
            int offset = (int) relocation.offset();
            long value = addresses.get(relocation.target()) + relocation.addend();
            switch (relocation.type()) {
                case ABSOLUTE_32 -> fields.putInt(offset, (int) value);
                case RELATIVE_32 -> fields.putInt(offset, (int) value - LowMemory.BOOT - offset);
                default -> throw new IllegalStateException("in code below 64 KiB: " + relocation);
            }
        }
        return bytes;
    }
}
