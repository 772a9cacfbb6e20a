package dev.cortado.drivers.acpi.aml;

/** What a name is that only holds others. */
enum AmlScope implements AmlObject {
    /** A device, or one of the predefined scopes, which ObjectType cannot tell apart. */
    DEVICE(ObjectType.DEVICE),
    PROCESSOR(ObjectType.PROCESSOR),
    POWER_RESOURCE(ObjectType.POWER_RESOURCE),
    THERMAL_ZONE(ObjectType.THERMAL_ZONE),
    PREDEFINED(ObjectType.UNINITIALIZED);

    private final ObjectType type;

    AmlScope(ObjectType type) {
        this.type = type;
    }

    @Override
    public ObjectType type() {
        return type;
    }
}
