package dev.cortado.image.format.ovf;

/** An edition of the format, which its XML names. */
public enum OvfVersion {
    VERSION_1("http://schemas.dmtf.org/ovf/envelope/1"),
    VERSION_2("http://schemas.dmtf.org/ovf/envelope/2");

    private final String namespace;

    OvfVersion(String namespace) {
        this.namespace = namespace;
    }

    String namespace() {
        return namespace;
    }
}
