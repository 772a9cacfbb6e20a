package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R12;
import static dev.cortado.boot.x86.Register.R8;
import static dev.cortado.boot.x86.Register.RAX;
import static dev.cortado.boot.x86.Register.RBX;
import static dev.cortado.boot.x86.Register.RCX;
import static dev.cortado.boot.x86.Register.RDX;
import static dev.cortado.boot.x86.Register.RSI;
import static dev.cortado.boot.x86.Register.RSP;

import dev.cortado.boot.gpt.Guid;
import dev.cortado.boot.object.ObjectBuilder;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.RelocationType;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.object.Symbol;
import dev.cortado.boot.pe.PortableExecutable;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Mode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The loader in the making: one section of code that runs at any address. */
final class UefiCode {
    /** The file's first byte, wherever the firmware has loaded it. */
    static final String FILE_BEGIN = "cortado_uefi_file_begin";

    /** The image's first byte in that file. */
    static final String IMAGE_BEGIN = "cortado_uefi_image_begin";

    // The stack of the loader's one frame, from rsp: room for the called function's four arguments
    // (2.3.4.1), then the fifth, then variables.

    static final int FIFTH_ARGUMENT = 0x20;

    /** Of AllocatePages, or the interface that HandleProtocol has found. */
    static final int ADDRESS = 0x28;

    static final int MAP_SIZE = 0x30;
    static final int MAP_KEY = 0x38;
    static final int MAP_DESCRIPTOR_SIZE = 0x40;
    static final int MAP_DESCRIPTOR_VERSION = 0x48;

    /** With eight registers and the return address, a multiple of 16. */
    static final int FRAME_SIZE = 0x58;

    private static final String LOADED_IMAGE = "cortado_uefi_loaded_image";

    private final ObjectBuilder object = new ObjectBuilder("cortado-uefi");

    final SectionBuilder text = object.section(".text", Section.Kind.TEXT, 64);
    final Assembler code = new Assembler(text, Mode.BITS_64);
    final Assembler code32 = new Assembler(text, Mode.BITS_32);

    /** Appends what the functions here refer to. */
    void append() {
        guid(LOADED_IMAGE, Uefi.LOADED_IMAGE);
    }

    /** A variable of the frame. */
    static Memory variable(int offset) {
        return Memory.at(RSP, offset);
    }

    /** Calls a boot service. */
    void bootService(int offset) {
        code.mov(RAX, Memory.at(R12, offset));
        code.call(RAX);
    }

    /** Ends in a message if a condition holds. */
    void failIf(Condition condition, String message) {
        Label fine = new Label();
        code.jcc(Condition.values()[condition.ordinal() ^ 1], fine);
        fail(message);
        code.bind(fine);
    }

    /** Ends in a message. */
    void fail(String message) {
        code.lea(RSI, Memory.relative(message));
        code.jmp(UefiFailure.FAIL);
    }

    /** HandleProtocol (7.3.7): rax = the interface that the handle in rcx has. */
    void protocol(String id, Label none) {
        code.lea(RDX, Memory.relative(id));
        code.lea(R8, variable(ADDRESS));
        bootService(Uefi.HANDLE_PROTOCOL);
        code.test(RAX, RAX);
        code.jcc(Condition.NOT_ZERO, none);
        code.mov(RAX, variable(ADDRESS));
    }

    /** rax = what the firmware says of this file as it has loaded it (9.1). */
    void loadedImage(Label none) {
        code.mov(RCX, RBX);
        protocol(LOADED_IMAGE, none);
    }

    /** An identifier that code refers to. */
    void guid(String symbol, UUID id) {
        text.data(
                symbol,
                () -> {
                    for (byte part : Guid.bytes(id)) {
                        text.emit8(part);
                    }
                });
    }

    /** The bytes for {@link PortableExecutable}, with all relative addresses filled in. */
    byte[] link() {
        int image = PortableExecutable.payloadOffset(text.offset());
        return link(PortableExecutable.CODE_OFFSET, image);
    }

    /**
     * The same for code that begins elsewhere.
     *
     * @param first offset of its first byte in the file
     * @param image offset of the image in the file
     */
    byte[] link(int first, int image) {
        RelocatableObject made = object.build();
        byte[] bytes = made.sections().getFirst().contents();
        Map<String, Long> offsets = new HashMap<>();
        for (Symbol symbol : made.symbols()) {
            if (symbol.isDefined()) {
                offsets.put(symbol.name(), symbol.offset());
            }
        }
        offsets.put(FILE_BEGIN, (long) -first);
        offsets.put(IMAGE_BEGIN, (long) image - first);
        ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Relocation relocation : made.relocations()) {
            Long target = offsets.get(relocation.target());
            if (target == null || relocation.type() != RelocationType.RELATIVE_32) {
                throw new IllegalStateException("in code for any address: " + relocation);
            }
            int offset = (int) relocation.offset();
            fields.putInt(offset, (int) (target + relocation.addend() - offset));
        }
        return bytes;
    }
}
