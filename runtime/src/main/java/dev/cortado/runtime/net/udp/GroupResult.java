package dev.cortado.runtime.net.udp;

/** What became of a socket's wish to join or leave a group, or a source that sends to it. */
public enum GroupResult {
    /** The socket is in the group now, or in it no more. */
    DONE,

    /** Only its sources have changed. */
    CHANGED,

    /** EADDRINUSE. */
    MEMBER_BEFORE,

    /** EADDRNOTAVAIL: of the group or the source; or it is blocked already. */
    NO_MEMBER,

    /** EINVAL: sources are let in where all are, or shut out where only some are let in. */
    OTHER_MODE,

    /** ENODEV. */
    NO_INTERFACE,

    /** EINVAL: the address is not a group's. */
    NO_GROUP,

    /** ENOBUFS. */
    TOO_MANY
}
