package dev.cortado.drivers.acpi.aml;

import java.util.List;

/** What AML asks of its operating system. What a method does not override does no harm. */
public interface AmlHost {
    /** Waits for nothing and hears of nothing. */
    AmlHost NONE = new AmlHost() {};

    /** What {@code _OSI} answers yes to (ACPI 6.5, 5.7.2): firmware tests for little else. */
    List<String> INTERFACES =
            List.of(
                    "Windows 2001",
                    "Windows 2006",
                    "Windows 2009",
                    "Windows 2012",
                    "Windows 2013",
                    "Windows 2015",
                    "Module Device",
                    "Processor Device",
                    "3.0 _SCP Extensions");

    default boolean supportsInterface(String name) {
        return INTERFACES.contains(name);
    }

    /**
     * A device, processor or thermal zone has something to say (19.6.93). The interpreter is in
     * use: what follows from it is to be done later.
     */
    default void notify(NamespaceNode node, long value) {}

    /** Sleep and Stall (19.6.124, 19.6.127); the sum of one evaluation is limited. */
    default void sleep(long microseconds) {}

    /** Timer (19.6.134): a clock that never goes back, in units of 100 ns. */
    default long timer() {
        return 0;
    }

    /**
     * Around accesses to fields with the lock rule "Lock" (19.6.48): the Global Lock (5.2.10.1).
     */
    default void acquireGlobalLock() {}

    default void releaseGlobalLock() {}
}
