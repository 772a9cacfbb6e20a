package dev.cortado.drivers.acpi.aml;

/**
 * A table, or what a method in it does, is not valid AML, goes beyond a limit, or is refused. Where
 * in the table is in the message; the interpreter's own calls are not recorded, which say less.
 */
public final class AmlException extends Exception {
    private static final long serialVersionUID = 1;

    private String table;
    private int offset;

    public AmlException(String what) {
        super(what, null, false, false);
    }

    /** Says where it happened, unless that is known: the innermost term knows best. */
    AmlException at(DefinitionBlock block, int offset) {
        if (table == null) {
            table = block.name();
            this.offset = offset;
        }
        return this;
    }

    @Override
    public String getMessage() {
        return table == null
                ? super.getMessage()
                : super.getMessage()
                        + ", at offset 0x"
                        + Integer.toHexString(offset)
                        + " of "
                        + table;
    }
}
