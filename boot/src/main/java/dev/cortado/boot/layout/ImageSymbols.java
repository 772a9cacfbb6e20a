package dev.cortado.boot.layout;

/**
 * What the linker defines: the image's bounds. {@code _BEGIN} is the first address, {@code _END}
 * the one after the last; both multiples of {@link AddressSpace#PAGE_SIZE}, except for the image
 * heap's end.
 */
public final class ImageSymbols {

    /** Code; virtual == physical. */
    public static final String TEXT_BEGIN = "cortado_image_text_begin";

    public static final String TEXT_END = "cortado_image_text_end";

    /** Constants; virtual == physical. */
    public static final String RODATA_BEGIN = "cortado_image_rodata_begin";

    public static final String RODATA_END = "cortado_image_rodata_end";

    /** Data and bss; virtual == physical. */
    public static final String DATA_BEGIN = "cortado_image_data_begin";

    public static final String DATA_END = "cortado_image_data_end";

    /** Image heap, virtual. */
    public static final String HEAP_BEGIN = "cortado_image_heap_begin";

    public static final String HEAP_END = "cortado_image_heap_end";

    /** Physical address of {@link #HEAP_BEGIN}: see {@link AddressSpace#imageHeapPhysical}. */
    public static final String HEAP_PHYSICAL = "cortado_image_heap_physical";

    /** All that is loaded, physical. */
    public static final String PHYSICAL_BEGIN = "cortado_image_physical_begin";

    public static final String PHYSICAL_END = "cortado_image_physical_end";

    private ImageSymbols() {}
}
