package dev.cortado.drivers.acpi.aml;

/** Types with the numbers that the operator ObjectType returns (ACPI 6.5, table 19.38). */
public enum ObjectType {
    UNINITIALIZED(0),
    INTEGER(1),
    STRING(2),
    BUFFER(3),
    PACKAGE(4),
    FIELD_UNIT(5),
    DEVICE(6),
    EVENT(7),
    METHOD(8),
    MUTEX(9),
    OPERATION_REGION(10),
    POWER_RESOURCE(11),
    PROCESSOR(12),
    THERMAL_ZONE(13),
    BUFFER_FIELD(14),
    DEBUG(16),

    /** ObjectType returns that of what it refers to instead. */
    REFERENCE(20);

    private final int code;

    ObjectType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
