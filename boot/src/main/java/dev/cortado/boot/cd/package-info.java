/** What a BIOS starts from a CD (El Torito Bootable CD-ROM Format 1.0, no emulation). */
package dev.cortado.boot.cd;
