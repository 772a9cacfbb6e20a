package dev.cortado.system.xen.lab;

/** The three ways of being a domU. */
public enum DomainType {
    PV,
    PVH,
    HVM;

    /** As xl's configuration has it. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
