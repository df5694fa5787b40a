// SPDX-License-Identifier: GPL-3.0-or-later
import 'http://127.0.0.1:@TCP@/@CASE@/static-import';
