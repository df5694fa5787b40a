// SPDX-License-Identifier: GPL-3.0-or-later
nexus.register({ onMount() {
  for (;;);
} });
