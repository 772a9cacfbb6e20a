package dev.cortado.drivers.acpi.aml;

/** A value, or what a name stands for (ACPI 6.5, 19.3.5). */
public sealed interface AmlObject
        permits AmlInteger,
                AmlBytes,
                AmlPackage,
                AmlReference,
                AmlMethod,
                AmlScope,
                AmlMutex,
                AmlEvent,
                OperationRegion,
                FieldUnit,
                BufferField {
    ObjectType type();
}
