package dev.cortado.boot.layout;

/**
 * What the boot code defines for the kernel's Java code. All functions follow the System V AMD64
 * convention: arguments in rdi, rsi, rdx, rcx; result in rax; rbx, rbp and r12 to r15 kept.
 *
 * <p>Arguments of 32 bits and fewer may have anything in the bits above; results of fewer than 64
 * bits are zero-extended.
 */
public final class StubSymbols {

    // Ports: value in(port), void out(port, value).
    public static final String IN_8 = "cortado_in8";
    public static final String IN_16 = "cortado_in16";
    public static final String IN_32 = "cortado_in32";
    public static final String OUT_8 = "cortado_out8";
    public static final String OUT_16 = "cortado_out16";
    public static final String OUT_32 = "cortado_out32";
    public static final String OUT_8_MANY = "cortado_out8_many";

    /** {@code long(int index)}; a CPU without that register raises #GP. */
    public static final String READ_MSR = "cortado_read_msr";

    /** {@code void(int index, long value)}; a CPU without that register raises #GP. */
    public static final String WRITE_MSR = "cortado_write_msr";

    // Control registers: long read(), void write(long).
    public static final String READ_CR0 = "cortado_read_cr0";
    public static final String WRITE_CR0 = "cortado_write_cr0";
    public static final String READ_CR2 = "cortado_read_cr2";
    public static final String READ_CR3 = "cortado_read_cr3";
    public static final String WRITE_CR3 = "cortado_write_cr3";
    public static final String READ_CR4 = "cortado_read_cr4";
    public static final String WRITE_CR4 = "cortado_write_cr4";

    // Extended control register 0; only where CR4.OSXSAVE is set.
    public static final String READ_XCR0 = "cortado_read_xcr0";
    public static final String WRITE_XCR0 = "cortado_write_xcr0";

    /** {@code void(int leaf, int subleaf, int[4]* out)}: eax, ebx, ecx, edx. */
    public static final String CPUID = "cortado_cpuid";

    /** {@code long()}: the time stamp counter. */
    public static final String RDTSC = "cortado_rdtsc";

    /** {@code void()}: tells the CPU that this is a spin loop. */
    public static final String PAUSE = "cortado_pause";

    /**
     * {@code int(long* out)}: 1 and a random number, or 0 where the CPU had none after some tries.
     */
    public static final String RDRAND = "cortado_rdrand";

    /** As {@link #RDRAND}, from the entropy source itself. */
    public static final String RDSEED = "cortado_rdseed";

    /**
     * {@code int(int crc, byte* bytes, long count)}: the CRC-32C register behind some bytes; only
     * where CPUID says SSE4.2.
     */
    public static final String CRC32C = "cortado_crc32c";

    /** {@code void(long address)}: forgets the translation of the page that holds the address. */
    public static final String INVALIDATE_PAGE = "cortado_invalidate_page";

    /**
     * {@code void(long pointer)}: loads the GDT from a limit (u16) and a base (u64), then reloads
     * cs, ss, ds and es from it; it must have {@link Selectors#CODE} and {@link Selectors#DATA}.
     */
    public static final String LOAD_GDT = "cortado_load_gdt";

    /** {@code void(long pointer)}: loads the IDT from a limit (u16) and a base (u64). */
    public static final String LOAD_IDT = "cortado_load_idt";

    /** {@code void(int selector)}. */
    public static final String LOAD_TASK_REGISTER = "cortado_load_task_register";

    /** {@code long()}: address of the GDT, {@link Selectors#GDT_SIZE} bytes. */
    public static final String GDT = "cortado_gdt";

    /** {@code long()}: address of the IDT, see {@link InterruptTable}. */
    public static final String IDT = "cortado_idt";

    /** {@code long()}: rflags. */
    public static final String READ_FLAGS = "cortado_read_flags";

    /** {@code long()}: turns interrupts off; returns rflags from before. */
    public static final String DISABLE_INTERRUPTS = "cortado_disable_interrupts";

    /** {@code void(long flags)}: turns interrupts on or off as they were in {@code flags}. */
    public static final String RESTORE_INTERRUPTS = "cortado_restore_interrupts";

    /** {@code void()}. */
    public static final String ENABLE_INTERRUPTS = "cortado_enable_interrupts";

    /**
     * {@code void()}: called with interrupts off, sleeps until one came and was handled, returns
     * with interrupts off. An interrupt that is pending already ends the sleep at once.
     */
    public static final String WAIT_FOR_INTERRUPT = "cortado_wait_for_interrupt";

    /** {@code void()}: raises #UD, with the return address on top of the stack. */
    public static final String TRAP = "cortado_trap";

    /** {@code void()}: never returns. */
    public static final String HALT_FOREVER = "cortado_halt_forever";

    /** {@code long()}: the caller's stack pointer. */
    public static final String READ_FRAME = "cortado_read_frame";

    /**
     * {@code void(long* saveStackPointer, long newStackPointer)}: saves the running thread as a
     * {@link ThreadFrame} on its stack, stores the frame's address and resumes the thread whose
     * frame is at {@code newStackPointer}. To be called with interrupts off.
     */
    public static final String CONTEXT_SWITCH = "cortado_context_switch";

    /** Where a new thread starts; not a function to call, see {@link ThreadFrame}. */
    public static final String THREAD_ENTRY = "cortado_thread_entry";

    /**
     * {@code long(long function, long argument, long newStackTop)}: calls {@code
     * function(argument)} on another stack and returns its result.
     */
    public static final String CALL_ON_STACK = "cortado_call_on_stack";

    /** {@code long()}: what {@link ProcessorHeader#PROCESSOR} of this CPU is. */
    public static final String CURRENT_PROCESSOR = "cortado_current_processor";

    /** {@code long()}: what {@link ProcessorHeader#THREAD} of this CPU is. */
    public static final String CURRENT_THREAD = "cortado_current_thread";

    /** {@code void()}: what comes after it sees memory as it is once all before has been stored. */
    public static final String FENCE = "cortado_fence";

    /**
     * {@code long()}: as {@link #DISABLE_INTERRUPTS}, but touches the stack {@link
     * #LOCK_STACK_PROBE} bytes further down first.
     */
    public static final String PREPARE_LOCK = "cortado_prepare_lock";

    /**
     * In bytes: no code that holds a spin lock uses more of its stack, so none meets a page fault
     * there.
     */
    public static final int LOCK_STACK_PROBE = 4096;

    /**
     * A variable of 8 bytes: how much of the stack an interrupt takes for the FPU's and SSE's
     * state. 512 (the FXSAVE area) until the kernel stores what CPUID leaf 0xD says; to be written
     * before {@link #USE_XSAVE} and with interrupts off.
     */
    public static final String XSAVE_AREA_SIZE = "cortado_xsave_area_size";

    /** A variable of 8 bytes: 0 to save state with FXSAVE, 1 with XSAVE, which includes AVX. */
    public static final String USE_XSAVE = "cortado_use_xsave";

    /** The vectors' stubs, see {@link InterruptTable#STUB_SIZE}. */
    public static final String INTERRUPT_VECTORS = "cortado_interrupt_vectors";

    // Memory of the boot code that the kernel wants to know: first byte, and the one after the
    // last.

    /** The boot stack; a page below it and one above it are unused, for the kernel to unmap. */
    public static final String BOOT_STACK_BEGIN = "cortado_boot_stack_begin";

    public static final String BOOT_STACK_END = "cortado_boot_stack_end";

    /** The early page tables: free memory as soon as the kernel has its own. */
    public static final String EARLY_PAGE_TABLES_BEGIN = "cortado_early_page_tables_begin";

    public static final String EARLY_PAGE_TABLES_END = "cortado_early_page_tables_end";

    // The start of other CPUs. The kernel copies the trampoline to a page below 1 MiB, writes the
    // variables (8 bytes each), sends INIT and SIPI with the page's number, and waits for a sign
    // from the function before it uses the variables for the next CPU.

    public static final String PROCESSOR_TRAMPOLINE_BEGIN = "cortado_processor_trampoline_begin";

    public static final String PROCESSOR_TRAMPOLINE_END = "cortado_processor_trampoline_end";

    /** Variable: physical address of the page map, below 4 GiB; it maps the image. */
    public static final String PROCESSOR_PAGE_MAP = "cortado_processor_page_map";

    /** Variable: the CPU's first stack, aligned to 16. */
    public static final String PROCESSOR_STACK_TOP = "cortado_processor_stack_top";

    /**
     * Variable: address of {@code void function(long argument)}, which never returns. It runs with
     * interrupts off, the boot code's GDT and IDT loaded, r14 = {@link AddressSpace#HEAP_BASE}, r15
     * = 0.
     */
    public static final String PROCESSOR_FUNCTION = "cortado_processor_function";

    /** Variable: the function's argument. */
    public static final String PROCESSOR_ARGUMENT = "cortado_processor_argument";

    private StubSymbols() {}
}
