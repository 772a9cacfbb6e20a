package dev.cortado.drivers.acpi.aml;

/**
 * How much one load of a table, or one evaluation, may take; beyond it lies an {@link
 * AmlException}.
 *
 * @param steps terms that are evaluated, and bytes, bits or names that are walked over
 * @param depth terms within terms, blocks within blocks, and calls of methods, all together; each
 *     takes less than a KiB of stack
 * @param bytes what objects may take that are made, whether they live on or not: no name ever holds
 *     more
 * @param nodes names in the namespace, at any time
 * @param sleepMilliseconds all Sleep and Stall together
 */
public record AmlLimits(long steps, int depth, int bytes, int nodes, long sleepMilliseconds) {
    /** Real tables take some tens of thousands of steps, and go twenty deep. */
    public static final AmlLimits DEFAULT = new AmlLimits(2_000_000, 100, 2 << 20, 16_384, 10_000);
}
