package dev.cortado.boot.stubs;

import static dev.cortado.boot.x86.Register.EAX;
import static dev.cortado.boot.x86.Register.ECX;
import static dev.cortado.boot.x86.Register.EDI;
import static dev.cortado.boot.x86.Register.ESI;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.boot.layout.ImageSymbols;
import dev.cortado.boot.layout.StubSymbols;
import dev.cortado.boot.object.SectionBuilder;
import dev.cortado.boot.x86.Assembler;
import dev.cortado.boot.x86.Condition;
import dev.cortado.boot.x86.Label;
import dev.cortado.boot.x86.Memory;
import dev.cortado.boot.x86.Register;

/**
 * The first page tables: just enough for the kernel to run and build its own. Everything is
 * writable and executable, in large pages (SDM vol. 3A, 4.5 "4-level paging").
 *
 * <ul>
 *   <li>the first 4 GiB of physical memory at their own addresses,
 *   <li>the same at {@link AddressSpace#DIRECT_MAP_BASE}, through the same lower tables,
 *   <li>the image heap at its place.
 * </ul>
 */
final class EarlyPageTables {

    /**
     * 32-bit code: fills the tables in. Clobbers eax, ecx, edi. Halts where the image heap does not
     * fit.
     */
    static final String BUILD = "cortado_build_early_page_tables";

    /** The top-level table, for CR3. */
    static final String ROOT = "cortado_early_page_map";

    private static final String LOW_POINTERS = "cortado_early_low_pointers";
    private static final String LOW_DIRECTORIES = "cortado_early_low_directories";
    private static final String HEAP_POINTERS = "cortado_early_heap_pointers";
    private static final String HEAP_DIRECTORY = "cortado_early_heap_directory";
    private static final String HEAP_MISPLACED = "cortado_message_heap_misplaced";

    private static final int PAGE = (int) AddressSpace.PAGE_SIZE;
    private static final int LARGE_PAGE = (int) AddressSpace.LARGE_PAGE_SIZE;
    private static final int ENTRY_SIZE = 8;

    /** How many low bits of an address each level leaves to the next. */
    private static final int ROOT_SHIFT = 39;

    private static final int POINTERS_SHIFT = 30;
    private static final int DIRECTORY_SHIFT = 21;

    /** Bits of an entry (SDM vol. 3A, tables 4-15 to 4-18). */
    private static final int PRESENT = 1;

    private static final int WRITABLE = 1 << 1;
    private static final int LARGE = 1 << 7;

    /** Page directories for the low 4 GiB, 1 GiB each. */
    private static final int LOW_DIRECTORY_COUNT =
            (int) (AddressSpace.EARLY_MAPPED_SIZE >> POINTERS_SHIFT);

    private EarlyPageTables() {}

    static void append(StubSections sections) {
        Assembler asm = sections.code32;
        asm.function(BUILD, () -> build(asm));
        BootFailure.message(
                sections, HEAP_MISPLACED, "the image heap is too large or badly aligned");
        tables(sections.bss);
    }

    private static void tables(SectionBuilder bss) {
        bss.align(PAGE, 0);
        bss.data(StubSymbols.EARLY_PAGE_TABLES_BEGIN, () -> {});
        bss.data(ROOT, () -> bss.skip(PAGE));
        bss.data(LOW_POINTERS, () -> bss.skip(PAGE));
        bss.data(LOW_DIRECTORIES, () -> bss.skip(LOW_DIRECTORY_COUNT * PAGE));
        bss.data(HEAP_POINTERS, () -> bss.skip(PAGE));
        bss.data(HEAP_DIRECTORY, () -> bss.skip(PAGE));
        bss.data(StubSymbols.EARLY_PAGE_TABLES_END, () -> {});
    }

    private static void build(Assembler asm) {
        link(asm, ROOT, index(0, ROOT_SHIFT), LOW_POINTERS, 0);
        link(asm, ROOT, index(AddressSpace.DIRECT_MAP_BASE, ROOT_SHIFT), LOW_POINTERS, 0);
        for (int i = 0; i < LOW_DIRECTORY_COUNT; i++) {
            link(asm, LOW_POINTERS, i, LOW_DIRECTORIES, i * PAGE);
        }
        asm.movAddress(EDI, LOW_DIRECTORIES, 0);
        asm.mov(EAX, PRESENT | WRITABLE | LARGE);
        asm.mov(ECX, AddressSpace.EARLY_MAPPED_SIZE >> DIRECTORY_SHIFT);
        fill(asm);

        long heap = AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET;
        link(asm, ROOT, index(heap, ROOT_SHIFT), HEAP_POINTERS, 0);
        link(asm, HEAP_POINTERS, index(heap, POINTERS_SHIFT), HEAP_DIRECTORY, 0);
        requireHeapFits(asm);
        asm.movAddress(EDI, HEAP_DIRECTORY, (long) index(heap, DIRECTORY_SHIFT) * ENTRY_SIZE);
        // From the large page that the heap begins in to the one that it ends in.
        heapOffset(asm, ECX, ImageSymbols.HEAP_END, LARGE_PAGE - 1);
        asm.shr(ECX, DIRECTORY_SHIFT);
        asm.sub(ECX, AddressSpace.IMAGE_HEAP_OFFSET >> DIRECTORY_SHIFT);
        asm.movAddress(EAX, ImageSymbols.HEAP_PHYSICAL, 0);
        asm.and(EAX, -LARGE_PAGE);
        asm.or(EAX, PRESENT | WRITABLE | LARGE);
        fill(asm);
        asm.ret();
    }

    /**
     * The heap must end inside the one directory that there is for it, and its physical address
     * must leave the same rest as its virtual one: large pages cannot shift anything.
     */
    private static void requireHeapFits(Assembler asm) {
        Label wrong = new Label();
        Label right = new Label();
        heapOffset(asm, EAX, ImageSymbols.HEAP_END, 0);
        asm.cmp(EAX, 1L << POINTERS_SHIFT);
        asm.jcc(Condition.ABOVE, wrong);
        heapOffset(asm, EAX, ImageSymbols.HEAP_BEGIN, 0);
        asm.movAddress(ECX, ImageSymbols.HEAP_PHYSICAL, 0);
        asm.xor(EAX, ECX);
        asm.test(EAX, LARGE_PAGE - 1);
        asm.jcc(Condition.ZERO, right);
        asm.bind(wrong);
        asm.movAddress(ESI, HEAP_MISPLACED, 0);
        asm.jmp(BootFailure.FAIL);
        asm.bind(right);
    }

    /** A heap address, counted from the heap base so that it fits a 32-bit register. */
    private static void heapOffset(Assembler asm, Register to, String symbol, int addend) {
        asm.movAddress(to, symbol, addend - AddressSpace.HEAP_BASE);
    }

    /**
     * Lets entry {@code index} of a table point to another table; upper halves are zero already.
     */
    private static void link(
            Assembler asm, String table, int index, String target, int targetOffset) {
        asm.movAddress(EAX, target, targetOffset + (PRESENT | WRITABLE));
        asm.mov(Memory.absolute(table, index * ENTRY_SIZE), EAX);
    }

    /**
     * Writes ecx entries at edi, each for the large page after the one before; eax is the first.
     */
    private static void fill(Assembler asm) {
        Label next = asm.here();
        asm.mov(Memory.at(EDI), EAX);
        asm.add(EAX, LARGE_PAGE);
        asm.add(EDI, ENTRY_SIZE);
        asm.sub(ECX, 1);
        asm.jcc(Condition.NOT_ZERO, next);
    }

    private static int index(long address, int shift) {
        return (int) (address >> shift & 511);
    }
}
