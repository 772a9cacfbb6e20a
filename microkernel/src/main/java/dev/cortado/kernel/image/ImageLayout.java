package dev.cortado.kernel.image;

/**
 * Where the parts of the image are: what the linker knows, handed over by the entry code. Addresses
 * are virtual unless they say physical; ends are exclusive; all are multiples of the page size.
 */
public final class ImageLayout {
    public static long textBegin;
    public static long textEnd;
    public static long rodataBegin;
    public static long rodataEnd;
    public static long dataBegin;
    public static long dataEnd;
    public static long heapBegin;
    public static long heapEnd;
    public static long heapWritableBegin;
    public static long heapWritableEnd;
    public static long heapPhysical;
    public static long physicalBegin;
    public static long physicalEnd;

    /** The stack of the boot code, later the idle thread's; a page on either side is nobody's. */
    public static long bootStackBegin;

    public static long bootStackEnd;

    /** First instruction of a new thread, see {@code layout.ThreadFrame}. */
    public static long threadEntry;

    /** The Java function that every thread runs; its argument is the control block. */
    public static long threadMain;

    /** Code and variables that start another CPU, see {@code layout.StubSymbols}. */
    public static long processorTrampolineBegin;

    public static long processorTrampolineEnd;
    public static long processorPageMap;
    public static long processorStackTop;
    public static long processorFunction;
    public static long processorArgument;

    /** The Java function that every CPU but the first runs; its argument is the control block. */
    public static long processorMain;

    /** Variables of the interrupt stubs: whether to use XSAVE, and how many bytes it writes. */
    public static long useXsave;

    public static long xsaveAreaSize;

    private ImageLayout() {}
}
