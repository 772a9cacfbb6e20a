package dev.cortado.boot.stubs;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.object.RelocatableObject;
import dev.cortado.boot.object.Relocation;
import dev.cortado.boot.object.Section;
import dev.cortado.boot.object.Symbol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The least that QEMU boots: objects laid out one section after the other in a flat ELF64 file with
 * one PT_LOAD for the image, one for the image heap and a PT_NOTE. No protection, no checks beyond
 * need.
 */
final class TestLinker {

    private static final int HEADER_SIZE = 64;
    private static final int PROGRAM_HEADER_SIZE = 56;
    private static final int PT_LOAD = 1;
    private static final int PT_NOTE = 4;
    private static final int FILE_PAGE = 0x1000;

    private record Placed(RelocatableObject object, Section section, long address) {}

    private final List<RelocatableObject> objects;
    private final Map<String, Placed> sections = new HashMap<>();
    private final Map<String, Long> symbols = new HashMap<>();
    private final Map<String, Long> overrides = new HashMap<>();
    private long base = AddressSpace.IMAGE_BASE;
    private long noteAddress;
    private long noteSize;
    private long imageEnd;
    private long imageFileSize;
    private long heapSize;

    TestLinker(List<RelocatableObject> objects) {
        this.objects = objects;
    }

    /** Lets the image be elsewhere than usual. */
    TestLinker at(long address) {
        base = address;
        return this;
    }

    /** Lets a symbol of the linker have a wrong value. */
    void override(String symbol, long value) {
        overrides.put(symbol, value);
    }

    /** An ELF64 file. */
    byte[] link() {
        placeImage();
        long heap = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;
        heapSize = place(Section.Kind.HEAP, heap) - heap;
        long heapPhysical = AddressSpace.imageHeapPhysical(imageEnd);
        symbols.put(ImageSymbols.HEAP_BEGIN, heap);
        symbols.put(ImageSymbols.HEAP_END, heap + heapSize);
        symbols.put(ImageSymbols.HEAP_PHYSICAL, heapPhysical);
        symbols.put(ImageSymbols.PHYSICAL_BEGIN, base);
        symbols.put(ImageSymbols.PHYSICAL_END, heapPhysical + heapSize);
        symbols.putAll(overrides);
        defineSymbols();

        ByteBuffer image = copy((int) imageFileSize, base, false);
        ByteBuffer heapBytes = copy((int) heapSize, heap, true);
        return write(image, heapBytes, heap, heapPhysical);
    }

    private void placeImage() {
        long address = base;
        noteAddress = address;
        address = place(Section.Kind.NOTE, address);
        noteSize = address - noteAddress;
        address = place(Section.Kind.TEXT, address);
        address = place(Section.Kind.RODATA, address);
        address = place(Section.Kind.DATA, address);
        imageFileSize = address - base;
        imageEnd = place(Section.Kind.BSS, address);
    }

    private long place(Section.Kind kind, long from) {
        long address = from;
        for (RelocatableObject object : objects) {
            for (Section section : object.sections()) {
                if (section.kind() == kind) {
                    address = -(-address & -section.alignment());
                    sections.put(key(object, section.name()), new Placed(object, section, address));
                    address += section.size();
                }
            }
        }
        return address;
    }

    private void defineSymbols() {
        for (RelocatableObject object : objects) {
            for (Symbol symbol : object.symbols()) {
                if (symbol.isDefined()) {
                    long base = sections.get(key(object, symbol.section())).address();
                    symbols.put(symbol.name(), base + symbol.offset());
                }
            }
        }
    }

    private ByteBuffer copy(int size, long first, boolean heap) {
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (Placed placed : sections.values()) {
            boolean isHeap = placed.section().kind() == Section.Kind.HEAP;
            if (isHeap == heap && placed.section().kind() != Section.Kind.BSS) {
                bytes.put((int) (placed.address() - first), placed.section().contents());
                relocate(placed, bytes, first);
            }
        }
        return bytes;
    }

    private void relocate(Placed placed, ByteBuffer bytes, long first) {
        for (Relocation relocation : placed.object().relocations()) {
            if (!relocation.section().equals(placed.section().name())) {
                continue;
            }
            Long symbol = symbols.get(relocation.target());
            if (symbol == null) {
                throw new IllegalStateException(relocation.target() + " is nowhere");
            }
            long place = placed.address() + relocation.offset();
            long value = symbol + relocation.addend();
            int at = (int) (place - first);
            switch (relocation.type()) {
                case ABSOLUTE_64 -> bytes.putLong(at, value);
                case RELATIVE_32 -> bytes.putInt(at, (int) (value - place));
                case ABSOLUTE_32, ABSOLUTE_32_SIGNED -> {
                    if (!relocation.type().holds(value)) {
                        throw new IllegalStateException(relocation + " does not fit");
                    }
                    bytes.putInt(at, (int) value);
                }
            }
        }
    }

    private byte[] write(ByteBuffer image, ByteBuffer heap, long heapAddress, long heapPhysical) {
        int heapOffset = FILE_PAGE + (image.capacity() + FILE_PAGE - 1) / FILE_PAGE * FILE_PAGE;
        ByteBuffer file =
                ByteBuffer.allocate(heapOffset + heap.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        // e_ident: magic, 64-bit, little-endian, version 1; then ET_EXEC, EM_X86_64, version 1.
        file.put(new byte[] {0x7F, 'E', 'L', 'F', 2, 1, 1}).position(16);
        file.putShort((short) 2).putShort((short) 62).putInt(1);
        file.putLong(base).putLong(HEADER_SIZE).putLong(0).putInt(0);
        file.putShort((short) HEADER_SIZE).putShort((short) PROGRAM_HEADER_SIZE);
        file.putShort((short) 3).putShort((short) 0).putShort((short) 0).putShort((short) 0);
        programHeader(
                file, PT_LOAD, FILE_PAGE, base, base, image.capacity(), imageEnd - base, FILE_PAGE);
        programHeader(
                file,
                PT_LOAD,
                heapOffset,
                heapAddress,
                heapPhysical,
                heap.capacity(),
                heap.capacity(),
                FILE_PAGE);
        programHeader(file, PT_NOTE, FILE_PAGE, noteAddress, noteAddress, noteSize, noteSize, 4);
        file.put(FILE_PAGE, image.array());
        file.put(heapOffset, heap.array());
        return file.array();
    }

    private static void programHeader(
            ByteBuffer file,
            int type,
            long offset,
            long virtual,
            long physical,
            long fileSize,
            long memorySize,
            long alignment) {
        int readWriteExecute = 7;
        file.putInt(type).putInt(readWriteExecute).putLong(offset).putLong(virtual);
        file.putLong(physical).putLong(fileSize).putLong(memorySize).putLong(alignment);
    }

    private static String key(RelocatableObject object, String section) {
        return object.name() + ":" + section;
    }
}
