package dev.cortado.image.image;

/**
 * A piece of a guest's memory that is loaded from the image.
 *
 * @param name what it holds; for people
 * @param virtualAddress where the guest uses it
 * @param physicalAddress where a boot protocol loads it
 * @param contents its first bytes; shared, never written to
 * @param memorySize bytes in memory; those past {@code contents} are zero
 */
public record Segment(
        String name,
        Protection protection,
        long virtualAddress,
        long physicalAddress,
        byte[] contents,
        long memorySize) {

    public static final String RODATA = "rodata";
    public static final String TEXT = "text";
    public static final String DATA = "data";
    public static final String HEAP = "heap";

    public Segment {
        if (contents.length > memorySize) {
            throw new IllegalArgumentException(
                    name + ": " + contents.length + " bytes in " + memorySize + " of memory");
        }
    }
}
