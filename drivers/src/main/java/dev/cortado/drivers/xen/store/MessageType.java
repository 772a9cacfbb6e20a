package dev.cortado.drivers.xen.store;

/** What a message is: {@code enum xsd_sockmsg_type} of public/io/xs_wire.h, in its order. */
enum MessageType {
    CONTROL,
    DIRECTORY,
    READ,
    GET_PERMS,
    WATCH,
    UNWATCH,
    TRANSACTION_START,
    TRANSACTION_END,
    INTRODUCE,
    RELEASE,
    GET_DOMAIN_PATH,
    WRITE,
    MKDIR,
    RM,
    SET_PERMS,
    WATCH_EVENT,
    ERROR,
    IS_DOMAIN_INTRODUCED,
    RESUME,
    SET_TARGET,
    RESTRICT,
    RESET_WATCHES,
    DIRECTORY_PART;

    private static final MessageType[] ALL = values();

    /** Null if there is none of this number. */
    static MessageType of(int number) {
        return number >= 0 && number < ALL.length ? ALL[number] : null;
    }

    int number() {
        return ordinal();
    }
}
